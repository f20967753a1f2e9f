-- Forget what is registered and is no partition.
-- KEYS partitions of the task
-- ARGV members
return { own('ZREM', KEYS[1], unpack(ARGV)) }
