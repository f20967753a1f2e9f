-- Read one page of a partition's entries, to select some for eviction.
-- KEYS state, expiries, additions, vectors
-- ARGV generation (empty: first page), cursor, entries on a page, prefix of entries, lifetime of the state
local generation = ARGV[1]
if generation == '' then
	-- from now on, answers that were loaded before are not stored
	local current = known(KEYS[1])
	if current then
		extend(KEYS[1], ARGV[5])
		generation = higher(current)
		redis.call('HSET', KEYS[1], 'generation', generation)
	else
		generation = begin(KEYS[1], KEYS[3], KEYS[4], ARGV[5])
	end
end
local page = own('ZSCAN', KEYS[2], ARGV[2], 'COUNT', ARGV[3])
local found = {}
for i = 1, #page[2], 2 do
	local fields = own('HMGET', ARGV[4] .. page[2][i], 'prompt', 'metadata')
	if fields[1] and fields[2] then
		found[#found + 1] = { page[2][i], fields[1], fields[2] }
	end
end
return { generation, page[1], found }
