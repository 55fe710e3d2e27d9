"""Which bird is singing? A small project with the ways of loading models that large ones have."""
