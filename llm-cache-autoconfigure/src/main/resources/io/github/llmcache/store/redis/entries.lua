-- Read entries, together with the sequence up to which additions are known to the server. None is there in a shard that an
-- eviction would not find.
-- KEYS state, of a shard also: partitions of the task, tasks
-- ARGV prefix of entries, number of digests, digests, of a shard also: partition, task
local last = 2 + tonumber(ARGV[2])
local hidden = KEYS[2] and not (known(KEYS[1]) and registered(KEYS[2], ARGV[last + 1], KEYS[3], ARGV[last + 2]))
local state = own('HMGET', KEYS[1], 'cleared', 'sequence')
local found = {}
for i = 3, last do
	found[#found + 1] = not hidden and read(ARGV[1] .. ARGV[i], state[1])
end
return { number(state[2]) and state[2] or '0', found }
