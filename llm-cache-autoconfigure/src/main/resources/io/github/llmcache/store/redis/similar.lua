-- Find the entries of a partition whose vectors are most similar, by the vector set.
-- KEYS state, expiries, additions, vectors
-- ARGV vector, number of entries, lowest score, effort of the search, prefix of entries, number of searches
local cleared = own('HGET', KEYS[1], 'cleared') or '0'
local filter = '.expires > ' .. whole(millis())
local found = {}
for _ = 1, tonumber(ARGV[6]) do
	local gone = 0
	local near = own('VSIM', KEYS[4], 'FP32', ARGV[1], 'WITHSCORES', 'COUNT', ARGV[2], 'EF', ARGV[4], 'FILTER', filter)
	for i = 1, #near, 2 do
		if tonumber(near[i + 1]) >= tonumber(ARGV[3]) then
			local entry = read(ARGV[5] .. near[i], cleared)
			if entry then
				found[#found + 1] = { near[i], near[i + 1], entry }
			else
				forget(near[i], KEYS[2], KEYS[3], KEYS[4])
				gone = gone + 1
			end
		end
	end
	if #found > 0 or gone == 0 then
		break
	end
end
return found
