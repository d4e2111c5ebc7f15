CREATE TABLE `retention_state` (
	`kind` text PRIMARY KEY NOT NULL,
	`cursor` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `leads_closed` ON `leads` (`closed_at`) WHERE closed_at IS NOT NULL AND substr(email_norm, 1, 7) <> 'erased:';