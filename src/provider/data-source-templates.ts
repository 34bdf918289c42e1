/** The data source `vicidial_templates`. */
import { templatesData } from '../model/data-sources';
import { PhonestateError } from '../model/failures';
import { dataSource, mapById, requireReader, textOrNull, type CurrentContext } from './data-source';

export const templatesDataSource = (context: CurrentContext) =>
  dataSource(templatesData, context, async (run) => {
    const reader = await requireReader(run);
    const templates = await reader.templates();
    if (reader.source === 'admin' && templates.length === 0) {
      const what =
        'The page of a phone on the admin pages lists no templates: this system has none, or its build does not show them there.';
      throw PhonestateError.of('reader-missing', { what, remedy: 'Set database_url.' });
    }
    return {
      templates: mapById(
        templates,
        ({ id }) => id,
        ({ id, name }) => ({ template_id: id, template_name: textOrNull(name) }),
      ),
    };
  });
