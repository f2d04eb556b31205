"""What an article, mark, link, actor, codebook and step are, and the rules they keep."""
