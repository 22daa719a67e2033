-- What tells syndicated copies: the MinHash keys of a text. Two articles are near when they share many of them, and the
-- search for an old one near a new one is a join on equal numbers.
ALTER TABLE core.article ADD COLUMN signature UINTEGER[];
