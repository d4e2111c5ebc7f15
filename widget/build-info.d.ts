/** Constants put in by widget/build.ts. */
declare const __VERSION__: string;
/** File name of the form code beside the loader, such as `w/form-1a2b3c4d.js`. */
declare const __FORM_FILE__: string;
