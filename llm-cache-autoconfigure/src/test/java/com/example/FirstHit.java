package com.example;

import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.answer.CachedAnswer;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

@SpringBootApplication
public class FirstHit {

	public static void main(String[] args) {
		SpringApplication.run(FirstHit.class, args);
	}

	@Bean
	CommandLineRunner ask(Assistant assistant) {
		return (args) -> {
			System.out.println(assistant.ask("How do I turn on dark mode?"));
			System.out.println(assistant.ask("How do I turn on dark mode?"));
			System.out.println(assistant.ask("how can i turn dark mode on"));
			System.out.println(assistant.ask("How do I turn off dark mode?"));
		};
	}

	@Service
	static class Assistant {

		@LlmCached(task = "help", semantic = true)
		public CachedAnswer<String> ask(String prompt) throws InterruptedException {
			Thread.sleep(1000); // the model
			return CachedAnswer.of("The answer to: " + prompt);
		}

	}

}
