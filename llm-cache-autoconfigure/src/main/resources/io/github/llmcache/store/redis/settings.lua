-- Read the live settings.
-- KEYS settings
return { own('GET', KEYS[1]) or '' }
