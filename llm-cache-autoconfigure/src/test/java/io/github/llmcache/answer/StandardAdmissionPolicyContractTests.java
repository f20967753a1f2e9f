package io.github.llmcache.answer;

import java.util.List;

import io.github.llmcache.test.contract.AdmissionPolicyContract;

/**
 * The policy that applies by default keeps the contract.
 */
class StandardAdmissionPolicyContractTests extends AdmissionPolicyContract {

	@Override
	protected AdmissionPolicy policy() {
		return AdmissionPolicy.standard();
	}

	@Override
	protected Object admitted() {
		return "Press the button.";
	}

	@Override
	protected Object rejected() {
		return List.of(" ", "");
	}

}
