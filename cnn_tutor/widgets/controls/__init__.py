"""Controls: forms, buttons, boxes, the transport bar."""
