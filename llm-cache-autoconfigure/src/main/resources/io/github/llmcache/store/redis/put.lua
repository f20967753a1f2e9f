-- Store an entry if the partition's generation is still the same.
-- KEYS state, entry, expiries, additions, vectors, lease, partitions of the task, tasks, alias
-- ARGV generation, digest, TTL and retention, prompt, payload, metadata, embedding (or empty), quantisation of the
--      vector set (or empty: additions are kept instead), lifetime of the state, prefix of entries, number of old
--      entries to forget, partition, task, group, digest of the scope if its entries are counted (or empty)
if own('HGET', KEYS[1], 'generation') ~= ARGV[1] or not registered(KEYS[7], ARGV[12], KEYS[8], ARGV[13]) then
	return { 0 }
end
local now = millis()
-- the first to be written is what a full server refuses: once a script has written, it is not refused any more
register(KEYS[7], ARGV[12], KEYS[8], ARGV[13], ARGV[9])
extend(KEYS[1], ARGV[9])
local expires = whole(now + tonumber(ARGV[3]))
own('ZADD', KEYS[3], expires, ARGV[2])
extend(KEYS[3], ARGV[3])
discard(KEYS[2], KEYS[6], KEYS[9])
redis.call('HSET', KEYS[2], 'prompt', ARGV[4], 'payload', ARGV[5], 'metadata', ARGV[6], 'group', ARGV[14])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
local entries, bytes = 0, 0
if ARGV[15] ~= '' then
	local size = whole(#ARGV[4] + #ARGV[5] + #ARGV[6] + #ARGV[7])
	local usage, name = counted(KEYS[2], ARGV[15])
	redis.call('HSET', KEYS[2], 'scope', ARGV[15], 'size', size)
	own('ZADD', usage, expires, size .. ' ' .. name)
	bytes = own('HINCRBY', usage .. ':bytes', 'bytes', size)
	entries = redis.call('ZCARD', usage)
	extend(usage, ARGV[3])
	extend(usage .. ':bytes', ARGV[3])
end
local sequence = 0
local last = { 'generation', ARGV[1] }
if ARGV[8] ~= '' then
	if ARGV[7] ~= '' then
		own('VADD', KEYS[5], 'FP32', ARGV[7], ARGV[2], ARGV[8], 'SETATTR', '{"expires":' .. expires .. '}')
		extend(KEYS[5], ARGV[3])
	elseif redis.call('EXISTS', KEYS[5]) == 1 then
		own('VREM', KEYS[5], ARGV[2])
	end
elseif ARGV[7] ~= '' then
	last = { 'generation', ARGV[1], 'embedding', ARGV[7] }
	sequence = redis.call('HINCRBY', KEYS[1], 'sequence', 1)
	own('ZADD', KEYS[4], sequence, ARGV[2])
	extend(KEYS[4], ARGV[3])
else
	own('ZREM', KEYS[4], ARGV[2])
end
-- an entry without a generation is none, so that one of which a part could not be written is never served
redis.call('HSET', KEYS[2], unpack(last))
local forgotten = 0
for _, digest in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', 0, ARGV[11])) do
	if redis.call('EXISTS', ARGV[10] .. digest) == 0 then
		forget(digest, KEYS[3], KEYS[4], KEYS[5])
		forgotten = forgotten + 1
	end
end
return { 1, sequence, forgotten, entries, bytes }
