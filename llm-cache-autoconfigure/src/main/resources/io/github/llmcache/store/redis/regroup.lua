-- Put an entry into another group, if it is still in this one and the partition's generation is still the same.
-- KEYS state, entry
-- ARGV generation, group, other group
if own('HGET', KEYS[1], 'generation') ~= ARGV[1] or own('HGET', KEYS[2], 'group') ~= ARGV[2] then
	return { 0 }
end
redis.call('HSET', KEYS[2], 'group', ARGV[3])
return { 1 }
