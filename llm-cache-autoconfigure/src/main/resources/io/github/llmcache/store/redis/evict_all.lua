-- Evict a partition, one page of its entries at a time.
-- KEYS state, expiries, additions, vectors
-- ARGV generation (empty: first page), cursor, entries on a page, prefix of entries, lifetime of the state
local generation = ARGV[1]
if generation == '' then
	generation = begin(KEYS[1], KEYS[3], KEYS[4], ARGV[5])
end
local page = own('ZSCAN', KEYS[2], ARGV[2], 'COUNT', ARGV[3])
local removed, aliases = 0, 0
for i = 1, #page[2], 2 do
	local existed, aliased = evict(ARGV[4] .. page[2][i], generation)
	if existed >= 0 then
		redis.call('ZREM', KEYS[2], page[2][i])
		removed = removed + existed
		aliases = aliases + aliased
	end
end
return { generation, page[1], removed, aliases }
