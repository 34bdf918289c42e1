/**
 * HTML as the admin pages write it (reading-vicidial.md, section 1). No value is escaped. Attributes are quoted in `"`, in
 * `'` or not at all, and tags are in either case: a reader of the pages has to accept all of it.
 */

export interface TextOptions {
  readonly size: number;
  readonly maxLength: number;
  /** More attributes, written as they are. */
  readonly id?: string;
}

export function textInput(name: string, value: string, { size, maxLength, id }: TextOptions): string {
  const [before, after] = id ? [` id='${id}'`, ` onkeyup="return valueChanged('${id}');"`] : ['', ''];
  return `<input type=text${before} name=${name} size=${size} maxlength=${maxLength} value="${value}"${after}>`;
}

export function hiddenInput(name: string, value: string): string {
  return `<INPUT TYPE=hidden NAME='${name}' VALUE="${value}">`;
}

/** A button whose tag is never closed: the next end tag becomes attributes. */
export function submitInput(label: string): string {
  return `<input style='background-color:#9BB9FB' type=submit name=SUBMIT value='${label}'`;
}

/**
 * A choice.
 *
 * @param options without a selection
 * @param selected the option of the current value, which the options may have as well
 */
export function select(name: string, options: string, selected: string): string {
  return `<select size=1 name=${name}>${options}${selected}</select>`;
}

/** An option whose value is its text. */
export function textOption(value: string): string {
  return `<option>${value}</option>`;
}

export function selectedTextOption(value: string): string {
  return `<option SELECTED>${value}</option>\n`;
}

export function valueOption(value: string, label: string): string {
  return `<option value='${value}'>${label}</option>`;
}

export function selectedValueOption(value: string, label: string): string {
  return `<OPTION selected value="${value}">${label}</OPTION>\n`;
}

/** A line of a form: what it is called, the field, and a link to the explanation. */
export function formRow(label: string, topic: string, field: string): string {
  return `<tr bgcolor=#B6D3FC><td align=right><font size=2>${label}: </font></td><td align=left>${field}${helpLink(topic)}</td></tr>\n`;
}

function helpLink(topic: string): string {
  return ` <a href="javascript:openNewWindow('admin.php?ADD=99999#${topic}')"><IMG SRC="help.gif" WIDTH=20 HEIGHT=20 BORDER=0 ALT='${topic}' ALIGN=TOP></A>`;
}
