package io.github.llmcache.codec;

import tools.jackson.databind.json.JsonMapper;

import io.github.llmcache.test.contract.PayloadCodecContract;

/**
 * {@link JacksonPayloadCodec} keeps the contract.
 */
class JacksonPayloadCodecContractTests extends PayloadCodecContract {

	private static final JacksonPayloadCodec codec = new JacksonPayloadCodec(JsonMapper.builder().build());

	@Override
	protected PayloadCodec codec() {
		return codec;
	}

}
