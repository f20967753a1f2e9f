-- Report how many entries a partition has, the sizes of some, and the dimensions of its vector set.
-- KEYS expiries, vectors
-- ARGV prefix of entries, number of entries to measure
local sampled = 0
local bytes = 0
for _, digest in ipairs(own('ZRANDMEMBER', KEYS[1], ARGV[2])) do
	local entry = ARGV[1] .. digest
	if redis.call('EXISTS', entry) == 1 then
		sampled = sampled + 1
		for _, field in ipairs({ 'prompt', 'payload', 'metadata', 'group', 'embedding' }) do
			bytes = bytes + own('HSTRLEN', entry, field)
		end
	end
end
local dimensions = 0
if redis.call('EXISTS', KEYS[2]) == 1 then
	dimensions = redis.pcall('VDIM', KEYS[2])
end
return { redis.call('ZCOUNT', KEYS[1], '(' .. whole(millis()), '+inf'), sampled, bytes,
	type(dimensions) == 'number' and dimensions or 0 }
