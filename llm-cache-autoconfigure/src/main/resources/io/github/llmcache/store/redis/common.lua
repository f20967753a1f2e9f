-- Begins every script. Runs on Redis 6.2 and later, whose scripts know milliseconds and microseconds by TIME only.

local function millis()
	local time = redis.call('TIME')
	return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

local function micros()
	local time = redis.call('TIME')
	return tonumber(time[1]) * 1000000 + tonumber(time[2])
end

local function whole(value)
	return string.format('%.0f', value)
end

-- A whole number as scripts write them, or nothing: somebody else may have written anything.
local function number(text)
	if text and #text < 17 and string.match(text, '^%d+$') and tonumber(text) < 9e15 then
		return tonumber(text)
	end
	return nil
end

-- A key of another type than ours, or of vectors of other dimensions, stands where nobody else's key may: it makes room.
local function own(command, key, ...)
	local reply = redis.pcall(command, key, ...)
	if type(reply) == 'table' and reply.err then
		if string.find(reply.err, 'WRONGTYPE', 1, true) or string.find(reply.err, 'dimension', 1, true) then
			redis.call('UNLINK', key)
		end
		reply = redis.call(command, key, ...)
	end
	return reply
end

-- Keep a key for at least that long. A full server allows it, and refuses nothing that a script writes after it.
local function extend(key, lifetime)
	redis.call('PEXPIRE', key, whole(math.max(tonumber(lifetime), redis.call('PTTL', key))))
end

-- Whether an eviction would find the partition.
local function registered(partitions, partition, tasks, task)
	return own('ZSCORE', partitions, partition) and own('SISMEMBER', tasks, task) == 1
end

-- Have evictions find the partition for at least that long. A full server refuses it.
local function register(partitions, partition, tasks, task, lifetime)
	own('SADD', tasks, task)
	own('ZADD', partitions, 'GT', whole(millis() + tonumber(lifetime)), partition)
end

-- The generation of a partition, that of its last complete eviction (older entries are not there any more), and
-- the epoch of its index (an index of another epoch is of no use). Nothing if the state is lost, or cannot be read.
local function known(state)
	local fields = own('HMGET', state, 'generation', 'cleared', 'epoch', 'sequence')
	if number(fields[1]) and number(fields[2]) and number(fields[3]) and number(fields[4]) then
		return fields[1], fields[2], fields[3]
	end
	return nil
end

-- No generation comes twice, not even after the state was lost: it is the time, and more than the one before.
local function higher(generation)
	return whole(math.max(micros(), (number(generation) or 0) + 1))
end

-- Begin a partition's state: no answer that was loaded before is stored, and no entry that was stored before is there
-- any more.
local function begin(state, additions, vectors, lifetime)
	redis.call('UNLINK', additions, vectors)
	local fields = own('HMGET', state, 'generation', 'sequence')
	local generation = higher(fields[1])
	redis.call('HSET', state, 'generation', generation, 'cleared', generation, 'epoch', generation, 'sequence',
		number(fields[2]) and fields[2] or '0')
	extend(state, lifetime)
	return generation
end

-- Whether an entry of a generation is there: not if it has none, or a complete eviction has not reached it yet.
local function there(generation, cleared)
	local stored = number(generation)
	return stored and stored >= (number(cleared) or 0)
end

-- Prompt, payload, metadata and group of an entry, if it is there.
local function read(entry, cleared)
	local fields = own('HMGET', entry, 'generation', 'prompt', 'payload', 'metadata', 'group')
	if not there(fields[1], cleared) then
		return false
	end
	return { fields[2], fields[3], fields[4], fields[5] }
end

-- Whether an entry is within its TTL, and not only kept beyond it.
local function fresh(entry, metadata)
	local retention = string.match(metadata or '', '&retention=(%d+)')
	return not retention or redis.call('PTTL', entry) > tonumber(retention)
end

-- What was added to a partition's index: digest, sequence and embedding of each, oldest first. No embedding if the entry
-- is gone, or has one of another size.
local function since(additions, sequence, limit, prefix, size)
	local added = {}
	local found = own('ZRANGEBYSCORE', additions, '(' .. sequence, '+inf', 'WITHSCORES', 'LIMIT', 0, limit)
	for i = 1, #found, 2 do
		if number(found[i + 1]) then
			local embedding = own('HGET', prefix .. found[i], 'embedding')
			added[#added + 1] = found[i]
			added[#added + 1] = found[i + 1]
			added[#added + 1] = embedding and #embedding == tonumber(size) and embedding
		else
			-- a replica cannot
			redis.pcall('ZREM', additions, found[i])
		end
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

-- Have an entry list an alias, the latest first. Returns those that it lists no more, which are removed if they are here.
local function list(entry, aliases, digest, most, prefix)
	local latest, surplus = { digest }, {}
	for other in string.gmatch(aliases or '', '%S+') do
		if other ~= digest then
			if #latest < tonumber(most) then
				latest[#latest + 1] = other
			else
				redis.call('UNLINK', prefix .. other)
				surplus[#surplus + 1] = other
			end
		end
	end
	redis.call('HSET', entry, 'aliases', table.concat(latest, ' '))
	return surplus
end

-- Where the entries of a scope in a slot are counted, and what an entry is called there.
local function counted(entry, scope)
	local slot, rest = string.match(entry, '^([^{]*{%x}:)(.*)$')
	return slot .. 'quota:' .. scope, rest
end

-- Count an entry of a scope no more.
local function uncount(usage, member)
	local size = string.match(member, '^(%d+) ')
	if own('ZREM', usage, member) == 1 and size then
		own('HINCRBY', usage .. ':bytes', 'bytes', '-' .. size)
	end
end

-- Remove an entry, the aliases that it lists, and other keys; returns how many keys were there, and how many aliases.
local function discard(entry, ...)
	local aliased = 0
	local fields = own('HMGET', entry, 'aliases', 'scope', 'size')
	local aliases = fields[1]
	local partition = aliases and string.match(entry, '^(.*):e:[^:]*$')
	if partition then
		for digest in string.gmatch(aliases, '%S+') do
			aliased = aliased + redis.call('UNLINK', partition .. ':w:' .. digest)
		end
	end
	if fields[2] and fields[3] then
		local usage, name = counted(entry, fields[2])
		uncount(usage, fields[3] .. ' ' .. name)
	end
	return redis.call('UNLINK', entry, ...), aliased
end

-- Remove an entry that was stored under an older generation; returns whether it was there, and how many aliases were.
local function evict(entry, generation)
	local stored = number(own('HGET', entry, 'generation'))
	if stored and stored >= tonumber(generation) then
		return -1
	end
	return discard(entry)
end
