-- Remove one entry.
-- KEYS entry, expiries, additions, vectors
-- ARGV digest
discard(KEYS[1])
forget(ARGV[1], KEYS[2], KEYS[3], KEYS[4])
return {}
