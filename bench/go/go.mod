module contender

go 1.21
