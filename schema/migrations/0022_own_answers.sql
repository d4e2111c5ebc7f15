ALTER TABLE `report_cells` ADD `own_due` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `report_cells` ADD `own_met` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `report_leads` ADD `own_due` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `report_leads` ADD `own_met` integer DEFAULT 0 NOT NULL;