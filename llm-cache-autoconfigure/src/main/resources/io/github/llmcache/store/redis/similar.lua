-- Find the entries of a partition whose vectors are most similar, by the vector set. Nothing in a shard that an eviction would
-- not find.
-- KEYS state, expiries, additions, vectors, of a shard also: partitions of the task, tasks
-- ARGV vector, number of entries, lowest score, effort of the search, prefix of entries, number of searches, of a shard also:
--      partition, task
if KEYS[5] and not (known(KEYS[1]) and registered(KEYS[5], ARGV[7], KEYS[6], ARGV[8])) then
	return {}
end
local cleared = own('HGET', KEYS[1], 'cleared')
local search = { 'FP32', ARGV[1], 'WITHSCORES', 'COUNT', ARGV[2], 'EF', ARGV[4] }
local found
for _ = 1, tonumber(ARGV[6]) do
	found = {}
	local gone = 0
	local near = own('VSIM', KEYS[4], unpack(search))
	for i = 1, #near, 2 do
		if tonumber(near[i + 1]) >= tonumber(ARGV[3]) then
			local entry = read(ARGV[5] .. near[i], cleared)
			if entry then
				found[#found + 1] = { near[i], near[i + 1], entry }
			else
				-- a replica cannot
				pcall(forget, near[i], KEYS[2], KEYS[3], KEYS[4])
				gone = gone + 1
			end
		end
	end
	if gone == 0 then
		break
	end
	-- a filter doubles the time of a search, so that only a repeated one leaves out what is gone
	search[8] = 'FILTER'
	search[9] = '.expires > ' .. whole(millis())
end
return found
