-- Report whether the server has vector sets: nothing, or the error that it answers.
-- KEYS vectors
local reply = redis.pcall('VCARD', KEYS[1])
if type(reply) == 'table' and reply.err then
	return { reply.err }
end
return {}
