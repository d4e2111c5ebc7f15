ALTER TABLE `revisions` ADD `mode` text DEFAULT 'enforce' NOT NULL;--> statement-breakpoint
ALTER TABLE `revisions` ADD `mode_since` integer;--> statement-breakpoint
ALTER TABLE `revisions` ADD `mode_by` text;--> statement-breakpoint
ALTER TABLE `revisions` ADD `mode_reason` text;