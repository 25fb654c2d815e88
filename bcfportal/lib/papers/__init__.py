"""Papers: accessible PDFs, with what every one of them says, and charts drawn for print."""
