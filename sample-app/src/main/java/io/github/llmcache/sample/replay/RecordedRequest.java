package io.github.llmcache.sample.replay;

/**
 * One recorded request.
 *
 * @param task the kind of work
 * @param prompt the prompt
 * @param answerKey stands for the answer: an answer to another request of the same task
 * is right if it has the same key
 * @param answer what the model answers this time; the key itself if only that was
 * recorded
 */
record RecordedRequest(String task, String prompt, String answerKey, String answer) {

}
