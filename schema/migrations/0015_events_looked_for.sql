DROP INDEX `events_by_type`;--> statement-breakpoint
CREATE INDEX `events_by_type` ON `events` (`type`,`at`) WHERE type = 'net.caught' OR type = 'lead.corrected';