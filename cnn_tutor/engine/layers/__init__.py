"""One module a kind of layer; :mod:`cnn_tutor.engine.registry` finds them."""
