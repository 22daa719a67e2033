"""Where the extraction runs. An engine takes shards of files and hands back receipts, never rows."""
