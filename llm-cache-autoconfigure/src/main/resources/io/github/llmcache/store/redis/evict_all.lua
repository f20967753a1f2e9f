-- Evict a partition, one page of its entries at a time.
-- KEYS state, expiries, additions, vectors, distant aliases
-- ARGV generation (empty: first page), cursor, entries on a page, prefix of entries, lifetime of the state, prefix of
--      aliases
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
-- aliases of entries in other shards: those go, too, or will be distrusted by then
for _, digest in ipairs(own('ZRANGEBYSCORE', KEYS[5], '-inf', '+inf', 'LIMIT', 0, ARGV[3])) do
	aliases = aliases + redis.call('UNLINK', ARGV[6] .. digest)
	redis.call('ZREM', KEYS[5], digest)
end
return { generation, page[1], removed, aliases, redis.call('EXISTS', KEYS[5]) }
