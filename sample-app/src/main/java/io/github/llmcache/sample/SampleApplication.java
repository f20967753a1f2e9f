package io.github.llmcache.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

import io.github.llmcache.sample.command.CommandLine;

/**
 * A model router whose answers are cached: a server with a page, or one of the commands
 * {@code replay} and {@code evaluate} on the same beans.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SampleApplication {

	public static void main(String[] args) {
		if (CommandLine.isCommand(args)) {
			System.exit(new CommandLine(SampleApplication.class, System.out, System.err).run(args));
		}
		SpringApplication.run(SampleApplication.class, args);
	}

}
