"""Workbooks and CSV files, written and read.

``files`` writes both, by ``workbooks``. ``workbook_reader`` and ``csv_reader`` read what somebody
sends, within ``limits``; ``refusals`` says what is not read and why; ``formats`` shows a number as
Excel does; ``retyped`` says what Excel makes of a text that is typed into it.
"""
