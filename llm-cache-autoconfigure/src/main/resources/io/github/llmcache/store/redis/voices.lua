-- The members of a sorted set, those first that will be over first.
-- KEYS sorted set
-- ARGV the most members, 1: also those that are over
return own('ZRANGEBYSCORE', KEYS[1], ARGV[2] == '1' and '-inf' or '(' .. millis(), '+inf', 'LIMIT', 0, ARGV[1])
