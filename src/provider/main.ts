/** The program that Terraform starts. */
import { serve } from '../terraform/serve';
import { vicidialProvider } from './provider';

void serve(vicidialProvider());
