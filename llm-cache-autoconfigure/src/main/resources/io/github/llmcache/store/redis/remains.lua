-- Report how much of a partition is there.
-- KEYS its keys
return { redis.call('EXISTS', unpack(KEYS)) }
