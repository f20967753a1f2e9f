-- Look up an entry, with the partition's generation and what was added to its index. What an eviction would not find
-- is not found here either: the partition begins again, and is registered before an answer for it is loaded.
-- KEYS state, entry, additions, vectors, partitions of the task, tasks, refusals, alias
-- ARGV lifetime of a new state, sequence that is known (empty: no index), number of additions, prefix of entries, bytes of
--      an embedding, partition, task, number of old partitions to forget
local generation, cleared, epoch = known(KEYS[1])
if not generation or not registered(KEYS[5], ARGV[6], KEYS[6], ARGV[7]) then
	register(KEYS[5], ARGV[6], KEYS[6], ARGV[7], ARGV[1])
	generation = begin(KEYS[1], KEYS[3], KEYS[4], ARGV[1])
	cleared, epoch = generation, generation
	local old = redis.call('ZRANGEBYSCORE', KEYS[5], '-inf', millis(), 'LIMIT', 0, ARGV[8])
	if #old > 0 then
		redis.call('ZREM', KEYS[5], unpack(old))
	end
end
local added = false
if ARGV[2] ~= '' then
	added = since(KEYS[3], ARGV[2], ARGV[3], ARGV[4], ARGV[5])
end
local entry, alias = read(KEYS[2], cleared), false
if not entry then
	local stored, text = string.match(own('GET', KEYS[8]) or '', '^(%d+) (.*)$')
	local other = text and ARGV[4] .. string.match(text, '^%S*')
	-- of the entry that was there then, and not of another one; it may be in another shard
	if other then
		alias = { text, own('HGET', other, 'generation') == stored and read(other, cleared), stored }
	end
end
return { generation, epoch, entry, added, number(own('ZSCORE', KEYS[7], 'version')) or 0, alias }
