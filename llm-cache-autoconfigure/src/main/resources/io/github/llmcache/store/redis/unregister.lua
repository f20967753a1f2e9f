-- Forget members of a sorted set: what is registered and is no partition, or where voices were.
-- KEYS sorted set
-- ARGV members
return { own('ZREM', KEYS[1], unpack(ARGV)) }
