package io.github.llmcache.actuate;

import java.io.StringReader;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;

import io.github.llmcache.transfer.EntryExport;
import io.github.llmcache.transfer.EntryImport;
import io.github.llmcache.transfer.ImportResult;
import io.github.llmcache.transfer.TransferException;

/**
 * {@link Endpoint @Endpoint} that exports and imports the entries of a task, as far as
 * {@code management.endpoint.llmcachetransfer.access} allows it: {@code read-only}
 * exports, which shows prompts and answers, and {@code unrestricted} imports, too, which
 * decides what is served.
 */
@Endpoint(id = "llmcachetransfer", defaultAccess = Access.NONE)
public class LlmCacheTransferEndpoint {

	private final EntryExport export;

	private final EntryImport imports;

	/**
	 * Create the endpoint.
	 * @param export exports
	 * @param imports imports
	 */
	public LlmCacheTransferEndpoint(EntryExport export, EntryImport imports) {
		this.export = export;
		this.imports = imports;
	}

	/**
	 * Export the entries of a task, as lines of JSON.
	 * @param task the task
	 * @param cursor where to go on, as the export before says
	 * @return the lines, which are made while they are sent
	 */
	@ReadOperation(produces = "application/x-ndjson")
	public Resource export(@Selector String task, @Nullable String cursor) {
		try {
			return new InputStreamResource(this.export.read(task, cursor));
		}
		catch (IllegalArgumentException | UnsupportedOperationException ex) {
			throw invalid(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Import entries of a task.
	 * @param task the task
	 * @param lines lines that an export has written
	 * @return what was imported
	 */
	@WriteOperation
	public ImportDescriptor restore(@Selector String task, String lines) {
		try {
			return ImportDescriptor.of(this.imports.read(task, new StringReader(lines)));
		}
		catch (TransferException | UnsupportedOperationException ex) {
			throw invalid(String.valueOf(ex.getMessage()));
		}
	}

	private static InvalidEndpointRequestException invalid(String reason) {
		return new InvalidEndpointRequestException(reason, reason);
	}

	/**
	 * What an import did, see {@link ImportResult}.
	 *
	 * @param imported entries that were stored
	 * @param embedded how many of them were embedded again
	 * @param present entries that were there already
	 * @param expired entries whose time is over
	 * @param evicted entries whose partition was evicted meanwhile
	 * @param complete whether the end of the export was among the lines
	 */
	public record ImportDescriptor(long imported, long embedded, long present, long expired, long evicted,
			boolean complete) implements OperationResponseBody {

		static ImportDescriptor of(ImportResult result) {
			return new ImportDescriptor(result.imported(), result.embedded(), result.present(), result.expired(),
					result.evicted(), result.complete());
		}

	}

}
