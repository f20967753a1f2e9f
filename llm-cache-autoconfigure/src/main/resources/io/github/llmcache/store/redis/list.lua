-- Read entries of a partition in the order of their removal: digest, fields, what is left of their time, embedding, its
-- kind and its range, time of removal; and where the next page begins, if there is one.
-- KEYS state, expiries, vectors
-- ARGV time of removal and digest of the last entry before, entries on a page, prefix of entries, 1: with embeddings
local generation, cleared = known(KEYS[1])
if not generation then
	return { {}, false }
end
local limit = tonumber(ARGV[3])
local found = {}
local last = false
local offset = 0
local vectors = ARGV[5] == '1' and redis.call('EXISTS', KEYS[3]) == 1
repeat
	local page = own('ZRANGEBYSCORE', KEYS[2], ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', offset, limit)
	for i = 1, #page, 2 do
		local score = whole(tonumber(page[i + 1]))
		-- of those that are removed at the same time, some may have been on the page before
		if score ~= ARGV[1] or page[i] > ARGV[2] then
			last = score .. '-' .. page[i]
			local key = ARGV[4] .. page[i]
			local entry = read(key, cleared)
			local left = entry and redis.call('PTTL', key) or 0
			if left > 0 then
				local embedding, kind, range = false, false, false
				if ARGV[5] == '1' then
					embedding = own('HGET', key, 'embedding')
					kind = embedding and 'hash'
				end
				if vectors and not embedding then
					local raw = redis.pcall('VEMB', KEYS[3], page[i], 'RAW')
					if type(raw) == 'table' and not raw.err and #raw >= 3 then
						kind = type(raw[1]) == 'table' and raw[1].ok or raw[1]
						embedding = raw[2]
						range = raw[4] and tostring(raw[4]) or false
					end
				end
				found[#found + 1] = { page[i], entry, left, embedding, kind, range, score }
			end
		end
	end
	offset = offset + limit
	if #page < 2 * limit then
		return { found, false }
	end
until last
return { found, last }
