"""Who may ask the server for what: other web pages and other people on the network may not."""
