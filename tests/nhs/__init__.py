"""Files of the NHS that are brought to a package; all of them are made, in the layouts that the NHS publishes."""
