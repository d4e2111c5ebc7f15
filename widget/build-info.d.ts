/** Constants put in by widget/build.ts. */
declare const LEADCLOCK_VERSION: string;
/** File name of the form code beside the loader, such as `w/form-1a2b3c4d.js`. */
declare const LEADCLOCK_FORM_FILE: string;
