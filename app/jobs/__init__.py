"""What runs by the clock: ticks, their timetable, and the scheduler that calls them."""
