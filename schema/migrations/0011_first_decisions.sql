ALTER TABLE `assignments` ADD `reason` text GENERATED ALWAYS AS ((chosen ->> '$.reason')) VIRTUAL;--> statement-breakpoint
CREATE INDEX `assignments_first` ON `assignments` (`at`,`rule_id`,`reason`,`lead_id`,`seq`) WHERE seq = 1;--> statement-breakpoint
CREATE INDEX `assignments_observed` ON `assignments` (`at`) WHERE seq = 1 AND instr(trace, '"outcome":"observed"') > 0;