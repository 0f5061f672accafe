"""What is shown of how a workbook was understood, what is asked about it, and what somebody answered or typed."""
