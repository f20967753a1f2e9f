-- Begins every script. Runs on Redis 6.2 and later, whose scripts know milliseconds and microseconds by TIME only.

local function millis()
	local time = redis.call('TIME')
	return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

local function micros()
	local time = redis.call('TIME')
	return tonumber(time[1]) * 1000000 + tonumber(time[2])
end

local function whole(number)
	return string.format('%.0f', number)
end

-- A key of another type than ours stands where nobody else's key may: it makes room.
local function own(command, key, ...)
	local reply = redis.pcall(command, key, ...)
	if type(reply) == 'table' and reply.err then
		if string.find(reply.err, 'WRONGTYPE', 1, true) then
			redis.call('UNLINK', key)
		end
		reply = redis.call(command, key, ...)
	end
	return reply
end

-- Keep a key for at least that long.
local function extend(key, lifetime)
	if redis.call('PTTL', key) < tonumber(lifetime) then
		redis.call('PEXPIRE', key, lifetime)
	end
end

-- The generation of a partition, that of its last complete invalidation (older entries are not there any more), and
-- the epoch of its index (an index of another epoch is of no use). No generation comes twice, not even after the state
-- was lost: it is the time, and more than the one before.
local function generations(state, additions, lifetime)
	local known = own('HMGET', state, 'generation', 'cleared', 'epoch')
	if tonumber(known[1] or '') and tonumber(known[2] or '') and tonumber(known[3] or '') then
		return known[1], known[2], known[3]
	end
	local generation = whole(micros())
	local last = own('ZREVRANGE', additions, 0, 0, 'WITHSCORES')
	own('HSET', state, 'generation', generation, 'cleared', '0', 'epoch', generation, 'sequence', last[2] or '0')
	redis.call('PEXPIRE', state, lifetime)
	return generation, '0', generation
end

-- From now on, answers that were computed before are not stored.
local function raise(state, additions, lifetime, everything)
	local generation = generations(state, additions, lifetime)
	local raised = whole(math.max(micros(), tonumber(generation) + 1))
	redis.call('HSET', state, 'generation', raised)
	if everything then
		redis.call('HSET', state, 'cleared', raised, 'epoch', raised)
	end
	extend(state, lifetime)
	return raised
end

-- Prompt, payload and metadata of an entry; nothing if a complete invalidation has not reached it yet.
local function read(entry, cleared)
	local fields = own('HMGET', entry, 'generation', 'prompt', 'payload', 'metadata')
	local generation = tonumber(fields[1] or '')
	if not generation or generation < tonumber(cleared) then
		return false
	end
	return { fields[2], fields[3], fields[4] }
end

-- Whether an entry is within its TTL, and not only kept beyond it.
local function fresh(entry, metadata)
	local retention = string.match(metadata or '', '&retention=(%d+)')
	return not retention or redis.call('PTTL', entry) > tonumber(retention)
end

-- What was added to a partition's index: digest, sequence and embedding of each, oldest first.
local function since(additions, sequence, limit, prefix)
	local added = {}
	local found = own('ZRANGEBYSCORE', additions, '(' .. sequence, '+inf', 'WITHSCORES', 'LIMIT', 0, limit)
	for i = 1, #found, 2 do
		added[#added + 1] = found[i]
		added[#added + 1] = found[i + 1]
		added[#added + 1] = redis.call('HGET', prefix .. found[i], 'embedding')
	end
	return added
end

local function forget(digest, expiries, additions, vectors)
	own('ZREM', expiries, digest)
	own('ZREM', additions, digest)
	if redis.call('EXISTS', vectors) == 1 then
		redis.pcall('VREM', vectors, digest)
	end
end

-- Remove an entry that was stored under an older generation; tells whether it was there.
local function invalidate(entry, generation)
	local stored = own('HGET', entry, 'generation')
	if stored and tonumber(stored) and tonumber(stored) >= tonumber(generation) then
		return -1
	end
	return redis.call('UNLINK', entry)
end
