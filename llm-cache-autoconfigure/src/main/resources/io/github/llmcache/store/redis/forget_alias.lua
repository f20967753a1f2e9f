-- Forget an alias whose entry is in another shard.
-- KEYS alias, distant aliases
-- ARGV digest of the wording
redis.call('UNLINK', KEYS[1])
own('ZREM', KEYS[2], ARGV[1])
return {}
