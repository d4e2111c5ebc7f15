DROP INDEX `leads_overflow`;--> statement-breakpoint
CREATE INDEX `leads_overflow` ON `leads` (`id`) WHERE open = 1 AND overflow = 1 AND first_touch_at IS NULL AND provisional = 0;