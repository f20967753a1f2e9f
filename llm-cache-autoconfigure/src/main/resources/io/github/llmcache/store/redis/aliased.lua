-- Read the entry of an alias in another shard, if it is the one that was there then, and an eviction would find it.
-- KEYS state, entry, partitions of the task, tasks
-- ARGV generation of the entry, partition, task
local generation, cleared = known(KEYS[1])
if not generation or not registered(KEYS[3], ARGV[2], KEYS[4], ARGV[3])
	or own('HGET', KEYS[2], 'generation') ~= ARGV[1] then
	return { false }
end
return { read(KEYS[2], cleared) }
