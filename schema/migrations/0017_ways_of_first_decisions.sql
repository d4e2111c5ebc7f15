DROP INDEX `assignments_first`;--> statement-breakpoint
ALTER TABLE `assignments` ADD `way` text GENERATED ALWAYS AS ((chosen ->> '$.way')) VIRTUAL;--> statement-breakpoint
CREATE INDEX `assignments_first` ON `assignments` (`at`,`rule_id`,`reason`,`way`,`lead_id`,`seq`) WHERE seq = 1;