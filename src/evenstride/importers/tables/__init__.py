"""Tables of numbers as text (CSV and its many relatives): the machinery that formats share."""
