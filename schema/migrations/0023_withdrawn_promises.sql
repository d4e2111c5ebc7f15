ALTER TABLE `report_cells` ADD `withdrawn` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `report_leads` ADD `withdrawn` integer DEFAULT 0 NOT NULL;